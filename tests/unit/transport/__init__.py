"""Requests, answers and files of an ERP, without a spec's lists."""
