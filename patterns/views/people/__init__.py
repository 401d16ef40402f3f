"""Pages about people: one's own account under /account/, and a public page for each contributor."""
