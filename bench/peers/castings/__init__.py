"""Creates and reads castings as artisthub does, written as each framework's users write it."""
