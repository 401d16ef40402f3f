"""What is wrong and what to do, in words. Rooms add their checks with `register` in AppConfig.ready().

The doctor starts and changes nothing: a check that needs a store is left out while that store is down.
"""

from clm_site.doctor.findings import Finding, Level, examine, fine, problem, register, warning

__all__ = ["Finding", "Level", "examine", "fine", "problem", "register", "warning"]
