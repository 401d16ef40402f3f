"""Public questions and answers: offered by who asked, let through by another person, shown to the next who asks."""
