"""What readers take away from the pages: a chart as a picture, its figures as a table, each with its sources inside."""
