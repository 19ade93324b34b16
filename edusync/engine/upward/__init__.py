"""The way up.

Which archived sheets go, what the line of each person holds, and the steps that write it.
"""
