"""`make acceptance`: the deployed tests on an existing stage, on AWS or the embedded AWS."""
