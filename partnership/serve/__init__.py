"""Starts and supervises everything one machine needs: broker, web, worker, beat and the demonstration's mail sink."""
