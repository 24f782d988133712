"""What a policy team works with each week: the briefing and the board of comment deadlines."""
