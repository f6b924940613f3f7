"""What operators do to a deployed stage, on AWS or embedded; nothing of it is deployed."""
