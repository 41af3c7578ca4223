terraform {
  required_version = ">= 1.9"
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.55" }
    random  = { source = "hashicorp/random", version = "~> 3.7" }
  }
}
