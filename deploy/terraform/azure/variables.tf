variable "name" {
  description = "Prefix of all names: 3 to 12 small letters and digits."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9]{2,11}$", var.name))
    error_message = "3 to 12 small letters and digits, a letter first."
  }
}

variable "location" {
  description = "Region, as in westeurope."
  type        = string
}

variable "host" {
  description = "The host name of the site."
  type        = string
}

variable "image_tag" {
  description = "Tag of the image invoicesite in the registry that this module makes."
  type        = string
  validation {
    condition     = var.image_tag != "latest"
    error_message = "Name a version: what runs must be known."
  }
}

variable "address_space" {
  description = "The network, a /16: apps get the first /23, PostgreSQL the third /24."
  type        = string
  default     = "10.30.0.0/16"
}

variable "web" {
  description = "The web process: its size and how many."
  type        = object({ cpu = number, memory = string, min = number, max = number })
  default     = { cpu = 1, memory = "2Gi", min = 2, max = 10 }
}

variable "workers" {
  description = "Each lane of workers: its queue, its size, how many, and the age of its oldest job at which more are started."
  type = map(object({
    lane = string, cpu = number, memory = string, min = number, max = number, queue_age_seconds = number
  }))
  default = {
    uploads = { lane = "invoicesite", cpu = 2, memory = "4Gi", min = 1, max = 10, queue_age_seconds = 10 }
    batch   = { lane = "batch", cpu = 2, memory = "4Gi", min = 0, max = 20, queue_age_seconds = 60 }
  }
}

variable "database" {
  description = "PostgreSQL Flexible Server: its size and whether a standby waits in another zone."
  type        = object({ sku = string, storage_mb = number, backup_days = number, standby = bool })
  default     = { sku = "GP_Standard_D2ds_v5", storage_mb = 65536, backup_days = 14, standby = true }
}

variable "redis_capacity" {
  description = "Size of Redis (Standard C0 to C6); null for none: the queue is in PostgreSQL then."
  type        = number
  default     = null
}

variable "model" {
  description = "Deployment at Azure OpenAI: its model, version and thousands of tokens a minute."
  type        = object({ name = string, version = string, capacity = number })
  default     = { name = "gpt-4o-mini", version = "2024-07-18", capacity = 100 }
}

variable "monthly_model_budget_usd" {
  description = "MONTHLY_BUDGET_USD of the product: what its models may cost."
  type        = number
}

variable "monthly_budget" {
  description = "What the resource group may cost a month, in the currency of the subscription: mails at 50, 80 and 100 %."
  type        = number
}

variable "budget_start" {
  description = "First day of a month, as in 2026-01-01T00:00:00Z."
  type        = string
}

variable "alert_emails" {
  description = "Who is told of alerts and budgets."
  type        = list(string)
}

variable "tags" {
  type    = map(string)
  default = {}
}
