output "site_address" {
  description = "Where the site answers; the host name is a CNAME to it."
  value       = azurerm_container_app.web.ingress[0].fqdn
}

output "registry" {
  description = "Where the image is pushed."
  value       = azurerm_container_registry.main.login_server
}

output "identity_client_id" {
  description = "The identity of the product, for a workload identity of the chart."
  value       = azurerm_user_assigned_identity.main.client_id
}
