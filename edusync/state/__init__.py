"""The store: links between the ERP and Edusign, digests, runs, events, write intents.

No personal data (P18).
"""
