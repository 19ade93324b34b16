"""What vendors publish of their interfaces, read as the beginning of a spec.

OpenAPI, WSDL, OData, GraphQL, a database: each module proposes lists, paging, sign-in and fields.
What is proposed rests on the description alone, and says on which part of it.
"""
