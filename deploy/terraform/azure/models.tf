resource "azurerm_cognitive_account" "openai" {
  name                  = "oai-${var.name}"
  location              = var.location
  resource_group_name   = azurerm_resource_group.main.name
  kind                  = "OpenAI"
  sku_name              = "S0"
  custom_subdomain_name = "oai-${var.name}"
  local_auth_enabled    = false
  tags                  = local.tags
}

resource "azurerm_cognitive_deployment" "model" {
  name                 = var.model.name
  cognitive_account_id = azurerm_cognitive_account.openai.id
  model {
    format  = "OpenAI"
    name    = var.model.name
    version = var.model.version
  }
  sku {
    name     = "Standard"
    capacity = var.model.capacity
  }
}

resource "azurerm_cognitive_account" "documents" {
  name                  = "di-${var.name}"
  location              = var.location
  resource_group_name   = azurerm_resource_group.main.name
  kind                  = "FormRecognizer"
  sku_name              = "S0"
  custom_subdomain_name = "di-${var.name}"
  local_auth_enabled    = false
  tags                  = local.tags
}

resource "azurerm_role_assignment" "openai" {
  scope                = azurerm_cognitive_account.openai.id
  role_definition_name = "Cognitive Services OpenAI User"
  principal_id         = azurerm_user_assigned_identity.main.principal_id
}

resource "azurerm_role_assignment" "reads_documents" {
  scope                = azurerm_cognitive_account.documents.id
  role_definition_name = "Cognitive Services User"
  principal_id         = azurerm_user_assigned_identity.main.principal_id
}
