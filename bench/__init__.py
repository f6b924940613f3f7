"""Benchmarks of cold start, first request, warm CPU, sizes and cost. Never deployed."""
