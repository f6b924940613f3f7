"""What operators do to a deployed stage, on AWS or on the embedded one; never deployed."""
