"""How an ERP is reached: HTTP, SOAP, a database, a folder of files, also behind SFTP.

Requests and their limits, answers and what they mean, sign-in, pages, and the bytes of JSON, XML,
tables and calendars turned into rows. `session` is the HTTP session under Edusign, too.
"""
