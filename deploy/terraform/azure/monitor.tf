resource "azurerm_monitor_action_group" "main" {
  name                = "ag-${var.name}"
  resource_group_name = azurerm_resource_group.main.name
  short_name          = substr(var.name, 0, 12)
  tags                = local.tags
  dynamic "email_receiver" {
    for_each = toset(var.alert_emails)
    content {
      name                    = email_receiver.value
      email_address           = email_receiver.value
      use_common_alert_schema = true
    }
  }
}

locals {
  # Of what the product cannot tell itself; the rest stands in its own rules (docs/deploy.md).
  database_alerts = {
    cpu_percent     = { operator = "GreaterThan", threshold = 85, says = "PostgreSQL is short of CPU." }
    storage_percent = { operator = "GreaterThan", threshold = 85, says = "PostgreSQL is short of disk." }
    is_db_alive     = { operator = "LessThan", threshold = 1, says = "PostgreSQL does not answer." }
  }
}

resource "azurerm_monitor_metric_alert" "database" {
  for_each            = local.database_alerts
  name                = "database-${each.key}"
  resource_group_name = azurerm_resource_group.main.name
  scopes              = [azurerm_postgresql_flexible_server.main.id]
  description         = each.value.says
  severity            = 1
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags
  criteria {
    metric_namespace = "Microsoft.DBforPostgreSQL/flexibleServers"
    metric_name      = each.key
    aggregation      = each.key == "is_db_alive" ? "Maximum" : "Average"
    operator         = each.value.operator
    threshold        = each.value.threshold
  }
  action {
    action_group_id = azurerm_monitor_action_group.main.id
  }
}

resource "azurerm_monitor_metric_alert" "failing" {
  name                = "web-fails"
  resource_group_name = azurerm_resource_group.main.name
  scopes              = [azurerm_container_app.web.id]
  description         = "The web process answers with errors."
  severity            = 1
  frequency           = "PT5M"
  window_size         = "PT15M"
  tags                = local.tags
  criteria {
    metric_namespace = "Microsoft.App/containerApps"
    metric_name      = "Requests"
    aggregation      = "Total"
    operator         = "GreaterThan"
    threshold        = 20
    dimension {
      name     = "statusCodeCategory"
      operator = "Include"
      values   = ["5xx"]
    }
  }
  action {
    action_group_id = azurerm_monitor_action_group.main.id
  }
}

resource "azurerm_monitor_diagnostic_setting" "vault" {
  name                       = "audit"
  target_resource_id         = azurerm_key_vault.main.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.main.id
  enabled_log {
    category = "AuditEvent"
  }
}

resource "azurerm_consumption_budget_resource_group" "main" {
  name              = "budget-${var.name}"
  resource_group_id = azurerm_resource_group.main.id
  amount            = var.monthly_budget
  time_grain        = "Monthly"
  time_period {
    start_date = var.budget_start
  }
  dynamic "notification" {
    for_each = toset([50, 80, 100])
    content {
      operator       = "GreaterThanOrEqualTo"
      threshold      = notification.value
      threshold_type = "Actual"
      contact_emails = var.alert_emails
    }
  }
}
