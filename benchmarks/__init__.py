"""What README's figures come from: `make bench` runs these and writes RESULTS.md."""
