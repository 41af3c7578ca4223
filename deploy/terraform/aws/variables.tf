variable "name" {
  description = "Prefix of all names."
  type        = string
  default     = "invoicesite"
}

variable "region" {
  description = "Region, as in eu-central-1."
  type        = string
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "vpc_cidr" {
  description = "Its addresses: load balancers in it are believed as proxies."
  type        = string
}

variable "public_subnet_ids" {
  description = "Subnets of the load balancer, in two zones at least."
  type        = list(string)
}

variable "private_subnet_ids" {
  description = "Subnets of tasks and database, with a way out through NAT."
  type        = list(string)
}

variable "host" {
  description = "The host name of the site."
  type        = string
}

variable "certificate_arn" {
  description = "Its certificate in ACM."
  type        = string
}

variable "image_tag" {
  description = "Tag of the image in the repository that this module makes."
  type        = string
  validation {
    condition     = var.image_tag != "latest"
    error_message = "Name a version: what runs must be known."
  }
}

variable "model_key_arn" {
  description = "Secret in Secrets Manager that holds OPENAI_API_KEY."
  type        = string
}

variable "web" {
  description = "The web process: units of CPU (1024 is one core), MiB, how many."
  type        = object({ cpu = number, memory = number, min = number, max = number })
  default     = { cpu = 1024, memory = 2048, min = 2, max = 10 }
}

variable "workers" {
  description = "Each lane of workers: its queue, its size, how many."
  type        = map(object({ lane = string, cpu = number, memory = number, min = number, max = number }))
  default = {
    uploads = { lane = "invoicesite", cpu = 2048, memory = 4096, min = 1, max = 10 }
    batch   = { lane = "batch", cpu = 2048, memory = 4096, min = 1, max = 20 }
  }
}

variable "database" {
  description = "RDS for PostgreSQL: its size and whether a standby waits in another zone."
  type        = object({ class = string, storage_gb = number, backup_days = number, standby = bool })
  default     = { class = "db.t4g.large", storage_gb = 64, backup_days = 14, standby = true }
}

variable "monthly_model_budget_usd" {
  description = "MONTHLY_BUDGET_USD of the product: what its models may cost."
  type        = number
}

variable "monthly_budget_usd" {
  description = "What everything tagged with the application may cost a month: mails at 50, 80 and 100 %."
  type        = number
}

variable "alert_emails" {
  description = "Who is told of alerts and budgets."
  type        = list(string)
}

variable "tags" {
  type    = map(string)
  default = {}
}
