"""`make acceptance`: the deployed tests on a stage that is already there, on AWS or not."""
