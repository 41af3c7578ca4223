locals {
  image = "${azurerm_container_registry.main.login_server}/invoicesite:${var.image_tag}"
  # No secret among them: keyvault:… is read by the product itself, as its identity.
  environment = merge(
    {
      DJANGO_ALLOWED_HOSTS   = var.host
      DJANGO_SECRET_KEY      = "keyvault:django-secret-key"
      DATABASE_URL           = "keyvault:database-url"
      TRUSTED_PROXIES        = var.address_space
      AZURE_MANAGED_IDENTITY = "true"
      AZURE_CLIENT_ID        = azurerm_user_assigned_identity.main.client_id
      AZURE_KEY_VAULT_URL    = azurerm_key_vault.main.vault_uri
      STORAGE_URL            = "azure://${azurerm_storage_container.documents.name}/live"
      AZURE_STORAGE_ACCOUNT  = azurerm_storage_account.documents.name
      AZURE_OPENAI_ENDPOINT  = azurerm_cognitive_account.openai.endpoint
      LLM_MODEL              = azurerm_cognitive_deployment.model.name
      OCR_ENGINE             = "azure"
      AZURE_DI_ENDPOINT      = azurerm_cognitive_account.documents.endpoint
      MONTHLY_BUDGET_USD     = tostring(var.monthly_model_budget_usd)
    },
    var.redis_capacity == null ? {} : { REDIS_URL = "keyvault:redis-url" }
  )
}

resource "azurerm_log_analytics_workspace" "main" {
  name                = "log-${var.name}"
  location            = var.location
  resource_group_name = azurerm_resource_group.main.name
  sku                 = "PerGB2018"
  retention_in_days   = 30
  daily_quota_gb      = 5
  tags                = local.tags
}

resource "azurerm_container_app_environment" "main" {
  name                       = "cae-${var.name}"
  location                   = var.location
  resource_group_name        = azurerm_resource_group.main.name
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id
  infrastructure_subnet_id   = azurerm_subnet.apps.id
  zone_redundancy_enabled    = true
  tags                       = local.tags
  workload_profile {
    name                  = "Consumption"
    workload_profile_type = "Consumption"
  }
}

resource "azurerm_container_app" "web" {
  name                         = "web"
  container_app_environment_id = azurerm_container_app_environment.main.id
  resource_group_name          = azurerm_resource_group.main.name
  revision_mode                = "Single"
  workload_profile_name        = "Consumption"
  tags                         = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.main.id]
  }
  registry {
    server   = azurerm_container_registry.main.login_server
    identity = azurerm_user_assigned_identity.main.id
  }
  ingress {
    external_enabled           = true
    target_port                = 8000
    allow_insecure_connections = false
    traffic_weight {
      latest_revision = true
      percentage      = 100
    }
  }
  template {
    min_replicas                     = var.web.min
    max_replicas                     = var.web.max
    termination_grace_period_seconds = 40
    container {
      name   = "web"
      image  = local.image
      cpu    = var.web.cpu
      memory = var.web.memory
      dynamic "env" {
        for_each = local.environment
        content {
          name  = env.key
          value = env.value
        }
      }
      startup_probe {
        transport               = "HTTP"
        port                    = 8000
        path                    = "/api/health/"
        interval_seconds        = 5
        failure_count_threshold = 10
      }
      liveness_probe {
        transport               = "HTTP"
        port                    = 8000
        path                    = "/api/health/"
        interval_seconds        = 15
        timeout                 = 5
        failure_count_threshold = 4
      }
      readiness_probe {
        transport        = "HTTP"
        port             = 8000
        path             = "/api/health/ready/"
        interval_seconds = 10
        timeout          = 5
      }
    }
    http_scale_rule {
      name                = "requests"
      concurrent_requests = "40"
    }
  }
  depends_on = [azurerm_role_assignment.pull, azurerm_role_assignment.reads_secrets]
}

resource "azurerm_container_app" "worker" {
  for_each                     = var.workers
  name                         = "worker-${each.key}"
  container_app_environment_id = azurerm_container_app_environment.main.id
  resource_group_name          = azurerm_resource_group.main.name
  revision_mode                = "Single"
  workload_profile_name        = "Consumption"
  tags                         = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.main.id]
  }
  registry {
    server   = azurerm_container_registry.main.login_server
    identity = azurerm_user_assigned_identity.main.id
  }
  # For the scale rule alone.
  secret {
    name                = "database-url"
    key_vault_secret_id = azurerm_key_vault_secret.main["database-url"].versionless_id
    identity            = azurerm_user_assigned_identity.main.id
  }
  template {
    min_replicas                     = each.value.min
    max_replicas                     = each.value.max
    termination_grace_period_seconds = 40
    container {
      name    = "worker"
      image   = local.image
      cpu     = each.value.cpu
      memory  = each.value.memory
      command = ["python", "manage.py", "work", "--only", each.value.lane]
      dynamic "env" {
        for_each = merge(local.environment, { METRICS_PORT = "9464" })
        content {
          name  = env.key
          value = env.value
        }
      }
      # Container Apps knows no probes by commands: workers answer on the port of their metrics.
      startup_probe {
        transport               = "TCP"
        port                    = 9464
        interval_seconds        = 10
        failure_count_threshold = 10
      }
      liveness_probe {
        transport               = "TCP"
        port                    = 9464
        interval_seconds        = 30
        failure_count_threshold = 5
      }
    }
    custom_scale_rule {
      name             = "queue-age"
      custom_rule_type = "postgresql"
      metadata = {
        query            = "SELECT coalesce(extract(epoch FROM now() - min(greatest(created_at, not_before))), 0)::int FROM processing_processingjob WHERE status = 'pending' AND NOT cancel_requested AND (not_before IS NULL OR not_before <= now()) AND (batch_id IS NOT NULL AND priority <= 0) = ${each.value.lane == "batch"}"
        targetQueryValue = tostring(each.value.queue_age_seconds)
      }
      authentication {
        secret_name       = "database-url"
        trigger_parameter = "connection"
      }
    }
  }
  depends_on = [azurerm_role_assignment.pull, azurerm_role_assignment.reads_secrets]
}

# az containerapp job start --name migrate, before a new tag is applied.
resource "azurerm_container_app_job" "migrate" {
  name                         = "migrate"
  location                     = var.location
  container_app_environment_id = azurerm_container_app_environment.main.id
  resource_group_name          = azurerm_resource_group.main.name
  workload_profile_name        = "Consumption"
  replica_timeout_in_seconds   = 3600
  replica_retry_limit          = 10
  tags                         = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.main.id]
  }
  registry {
    server   = azurerm_container_registry.main.login_server
    identity = azurerm_user_assigned_identity.main.id
  }
  manual_trigger_config {
    parallelism              = 1
    replica_completion_count = 1
  }
  template {
    container {
      name    = "migrate"
      image   = local.image
      cpu     = 0.5
      memory  = "1Gi"
      command = ["python", "manage.py", "migrate", "--no-input"]
      dynamic "env" {
        for_each = local.environment
        content {
          name  = env.key
          value = env.value
        }
      }
    }
  }
  depends_on = [azurerm_role_assignment.pull, azurerm_role_assignment.reads_secrets]
}
