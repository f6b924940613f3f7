"""Operator commands for a deployed stage, on AWS or on the embedded AWS. Never deployed."""
