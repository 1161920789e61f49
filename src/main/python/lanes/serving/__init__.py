"""Workloads that are servers: the servers, the connections to them, and the arm's side."""
