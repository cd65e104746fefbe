"""What is needed to tune and to deploy an option: files written from templates, every value from the decision."""
