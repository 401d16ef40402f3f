#!/usr/bin/env python
"""Every command of the site; see clm_site/cli.py."""

from clm_site.cli import main

if __name__ == "__main__":
    main()
