"""What somebody needs who connects an ERP: begin, try and check a spec, and have its pages made."""
