"""The console: pages for operators and schools, thin over the use cases of `edusync.app`.

Flask-WTF and Babel come with the extra `web`. A page is a module in `edusync/web/pages/`.
"""
