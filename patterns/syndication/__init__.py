"""The library for those who do not read its pages: feeds, sitemap, descriptions for search engines, plain Markdown."""
