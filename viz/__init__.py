"""Pages of the graph: HTML, CSS and JavaScript, and the little Python that fills them."""
