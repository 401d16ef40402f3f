"""The shell: settings, addresses, jobs, embedded services. No business rules live here."""
