"""Whole runs, down and up, between a simulated ERP and a simulated Edusign."""
