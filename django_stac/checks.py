"""System checks: what a site has set wrongly, and the line to change."""
