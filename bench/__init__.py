"""What the service costs: cold start, first request, warm CPU, sizes; nothing of it is deployed."""
