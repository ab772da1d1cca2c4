// Dataverse
