"""What sets the project up, starts it, tests it and measures it (`make help`)."""
