resource "azurerm_key_vault" "main" {
  name                       = "kv-${var.name}"
  location                   = var.location
  resource_group_name        = azurerm_resource_group.main.name
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 30
  tags                       = local.tags
}

resource "azurerm_role_assignment" "reads_secrets" {
  scope                = azurerm_key_vault.main.id
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_user_assigned_identity.main.principal_id
}

# Who applies this module writes the first secrets.
resource "azurerm_role_assignment" "writes_secrets" {
  scope                = azurerm_key_vault.main.id
  role_definition_name = "Key Vault Secrets Officer"
  principal_id         = data.azurerm_client_config.current.object_id
}

resource "random_password" "django" {
  length  = 80
  special = false
}

locals {
  database_address = "${azurerm_postgresql_flexible_server.main.fqdn}:5432/${azurerm_postgresql_flexible_server_database.main.name}"
  redis_url        = var.redis_capacity == null ? "" : "rediss://:${urlencode(azurerm_redis_cache.main[0].primary_access_key)}@${azurerm_redis_cache.main[0].hostname}:${azurerm_redis_cache.main[0].ssl_port}/0"
  secrets = merge(
    {
      database-url      = "postgresql://${azurerm_postgresql_flexible_server.main.administrator_login}:${random_password.database.result}@${local.database_address}?sslmode=require"
      django-secret-key = random_password.django.result
    },
    var.redis_capacity == null ? {} : { redis-url = local.redis_url }
  )
}

# Changed later in the vault (docs/operations.md, Changing a secret); Terraform leaves what it finds.
resource "azurerm_key_vault_secret" "main" {
  for_each     = nonsensitive(toset(keys(local.secrets)))
  name         = each.value
  value        = local.secrets[each.value]
  key_vault_id = azurerm_key_vault.main.id
  content_type = "text/plain"
  depends_on   = [azurerm_role_assignment.writes_secrets]
  lifecycle {
    ignore_changes = [value]
  }
}
