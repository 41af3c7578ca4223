output "site_address" {
  description = "Where the site answers; the host name is an alias of it."
  value       = aws_lb.main.dns_name
}

output "repository" {
  description = "Where the image is pushed."
  value       = aws_ecr_repository.main.repository_url
}

output "product_role_arn" {
  description = "The role of the product, for a service account of the chart."
  value       = aws_iam_role.product.arn
}
