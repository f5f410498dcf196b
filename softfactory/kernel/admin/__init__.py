"""What operators and admins see of a service's work: its jobs, events, letters and health; mounted in every service."""
