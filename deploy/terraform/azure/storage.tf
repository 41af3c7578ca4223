resource "azurerm_storage_account" "documents" {
  name                            = "st${var.name}"
  location                        = var.location
  resource_group_name             = azurerm_resource_group.main.name
  account_tier                    = "Standard"
  account_replication_type        = "ZRS"
  min_tls_version                 = "TLS1_2"
  https_traffic_only_enabled      = true
  allow_nested_items_to_be_public = false
  # No keys: the identity alone reads and writes.
  shared_access_key_enabled       = false
  default_to_oauth_authentication = true
  tags                            = local.tags
  blob_properties {
    versioning_enabled = true
    delete_retention_policy {
      days = 14
    }
    container_delete_retention_policy {
      days = 14
    }
  }
  network_rules {
    default_action             = "Deny"
    bypass                     = ["AzureServices"]
    virtual_network_subnet_ids = [azurerm_subnet.apps.id]
  }
  lifecycle {
    prevent_destroy = true
  }
}

resource "azurerm_storage_container" "documents" {
  name                  = "documents"
  storage_account_id    = azurerm_storage_account.documents.id
  container_access_type = "private"
}

# Documents are read often in their first weeks and seldom after it. Never to the archive: a page must open at once.
resource "azurerm_storage_management_policy" "documents" {
  storage_account_id = azurerm_storage_account.documents.id
  rule {
    name    = "cooler-with-age"
    enabled = true
    filters {
      blob_types   = ["blockBlob"]
      prefix_match = ["documents/"]
    }
    actions {
      base_blob {
        tier_to_cool_after_days_since_modification_greater_than = 60
        tier_to_cold_after_days_since_modification_greater_than = 365
      }
      version {
        delete_after_days_since_creation = 30
      }
    }
  }
}

resource "azurerm_role_assignment" "documents" {
  scope                = azurerm_storage_account.documents.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.main.principal_id
}

# Signs links of five minutes to files.
resource "azurerm_role_assignment" "links" {
  scope                = azurerm_storage_account.documents.id
  role_definition_name = "Storage Blob Delegator"
  principal_id         = azurerm_user_assigned_identity.main.principal_id
}
