"""Who attended how often (`attendance`), what long absence leads to (`absences`), who may stand in (`deputies`)."""
