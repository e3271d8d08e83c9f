"""When and in what order: the only folder that imports prefect."""
