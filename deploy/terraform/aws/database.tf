resource "aws_security_group" "database" {
  name_prefix = "${var.name}-database-"
  description = "PostgreSQL, for the tasks alone"
  vpc_id      = var.vpc_id
  tags        = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = aws_security_group.database.id
  description                  = "Web, workers and migrations"
  referenced_security_group_id = aws_security_group.tasks.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_db_subnet_group" "main" {
  name_prefix = "${var.name}-"
  subnet_ids  = var.private_subnet_ids
  tags        = local.tags
}

resource "aws_db_parameter_group" "main" {
  name_prefix = "${var.name}-"
  family      = "postgres17"
  tags        = local.tags
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "random_password" "database" {
  length  = 40
  special = false
}

# The extension vector comes with RDS: CREATE EXTENSION vector, once, as this user.
resource "aws_db_instance" "main" {
  identifier_prefix                   = "${var.name}-"
  engine                              = "postgres"
  engine_version                      = "17"
  instance_class                      = var.database.class
  allocated_storage                   = var.database.storage_gb
  max_allocated_storage               = var.database.storage_gb * 4
  storage_type                        = "gp3"
  storage_encrypted                   = true
  db_name                             = "invoicesite"
  username                            = "invoicesite"
  password                            = random_password.database.result
  db_subnet_group_name                = aws_db_subnet_group.main.name
  parameter_group_name                = aws_db_parameter_group.main.name
  vpc_security_group_ids              = [aws_security_group.database.id]
  publicly_accessible                 = false
  multi_az                            = var.database.standby
  backup_retention_period             = var.database.backup_days
  copy_tags_to_snapshot               = true
  deletion_protection                 = true
  final_snapshot_identifier           = "${var.name}-last"
  auto_minor_version_upgrade          = true
  performance_insights_enabled        = true
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = false
  tags                                = local.tags
  lifecycle {
    prevent_destroy = true
  }
}

resource "random_password" "django" {
  length  = 80
  special = false
}

resource "aws_secretsmanager_secret" "main" {
  for_each    = toset(["database-url", "django-secret-key"])
  name_prefix = "${var.name}/${each.value}-"
  tags        = local.tags
}

# Changed later there (docs/operations.md, Changing a secret); Terraform leaves what it finds.
resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.main["database-url"].id
  secret_string = "postgresql://${aws_db_instance.main.username}:${random_password.database.result}@${aws_db_instance.main.endpoint}/${aws_db_instance.main.db_name}?sslmode=require"
  lifecycle {
    ignore_changes = [secret_string]
  }
}

resource "aws_secretsmanager_secret_version" "django" {
  secret_id     = aws_secretsmanager_secret.main["django-secret-key"].id
  secret_string = random_password.django.result
  lifecycle {
    ignore_changes = [secret_string]
  }
}
