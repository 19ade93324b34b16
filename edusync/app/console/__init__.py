"""What people see and do in a browser, as use cases that know nothing of one."""
