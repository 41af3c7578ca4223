resource "aws_ecr_repository" "main" {
  name                 = var.name
  image_tag_mutability = "IMMUTABLE"
  tags                 = local.tags
  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_cloudwatch_log_group" "main" {
  name              = "/ecs/${var.name}"
  retention_in_days = 30
  tags              = local.tags
}

resource "aws_ecs_cluster" "main" {
  name = var.name
  tags = local.tags
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

locals {
  environment = {
    DJANGO_ALLOWED_HOSTS = var.host
    TRUSTED_PROXIES      = var.vpc_cidr
    STORAGE_URL          = "s3://${aws_s3_bucket.documents.bucket}/live"
    AWS_REGION           = var.region
    MONTHLY_BUDGET_USD   = tostring(var.monthly_model_budget_usd)
  }
  secrets = [
    { name = "DATABASE_URL", valueFrom = aws_secretsmanager_secret.main["database-url"].arn },
    { name = "DJANGO_SECRET_KEY", valueFrom = aws_secretsmanager_secret.main["django-secret-key"].arn },
    { name = "OPENAI_API_KEY", valueFrom = var.model_key_arn },
  ]
  # The tasks of the product: what they run, how one sees that they live, and their size.
  programs = merge(
    {
      web = {
        command = null
        check   = ["CMD", "python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/health/', timeout=4)"]
        ports   = [{ containerPort = 8000, protocol = "tcp" }]
        cpu     = var.web.cpu
        memory  = var.web.memory
      }
      migrate = {
        command = ["python", "manage.py", "migrate", "--no-input"]
        check   = ["CMD", "true"]
        ports   = []
        cpu     = 512
        memory  = 1024
      }
    },
    {
      for key, worker in var.workers : "worker-${key}" => {
        command = ["python", "manage.py", "work", "--only", worker.lane]
        check   = ["CMD", "python", "manage.py", "work", "--only", worker.lane, "--check"]
        ports   = []
        cpu     = worker.cpu
        memory  = worker.memory
      }
    }
  )
}

# aws ecs run-task with …-migrate, before a new tag is applied to the services.
resource "aws_ecs_task_definition" "main" {
  for_each                 = local.programs
  family                   = "${var.name}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = each.value.cpu
  memory                   = each.value.memory
  execution_role_arn       = aws_iam_role.starter.arn
  task_role_arn            = aws_iam_role.product.arn
  tags                     = local.tags
  volume {
    name = "tmp"
  }
  volume {
    name = "var"
  }
  container_definitions = jsonencode([{
    name                   = each.key
    image                  = "${aws_ecr_repository.main.repository_url}:${var.image_tag}"
    essential              = true
    command                = each.value.command
    user                   = "10001"
    readonlyRootFilesystem = true
    linuxParameters        = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    environment            = [for name, value in local.environment : { name = name, value = value }]
    secrets                = local.secrets
    portMappings           = each.value.ports
    mountPoints = [
      { sourceVolume = "tmp", containerPath = "/tmp" },
      { sourceVolume = "var", containerPath = "/srv/invoicesite/var" },
    ]
    stopTimeout = 40
    healthCheck = { command = each.value.check, interval = 60, timeout = 20, retries = 3, startPeriod = 120 }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.main.name
        awslogs-region        = var.region
        awslogs-stream-prefix = each.key
      }
    }
  }])
}

resource "aws_ecs_service" "main" {
  for_each                           = { for name, program in local.programs : name => program if name != "migrate" }
  name                               = each.key
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.main[each.key].arn
  desired_count                      = each.key == "web" ? var.web.min : var.workers[trimprefix(each.key, "worker-")].min
  launch_type                        = "FARGATE"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = each.key == "web" ? 120 : null
  propagate_tags                     = "SERVICE"
  tags                               = local.tags
  network_configuration {
    subnets         = var.private_subnet_ids
    security_groups = [aws_security_group.tasks.id]
  }
  dynamic "load_balancer" {
    for_each = each.key == "web" ? [1] : []
    content {
      target_group_arn = aws_lb_target_group.web.arn
      container_name   = "web"
      container_port   = 8000
    }
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  lifecycle {
    ignore_changes = [desired_count]
  }
  depends_on = [aws_lb_listener.https]
}

# Workers are scaled by CPU, too: a queue's age would have to be published to CloudWatch first.
resource "aws_appautoscaling_target" "main" {
  for_each           = aws_ecs_service.main
  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${each.value.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = each.key == "web" ? var.web.min : var.workers[trimprefix(each.key, "worker-")].min
  max_capacity       = each.key == "web" ? var.web.max : var.workers[trimprefix(each.key, "worker-")].max
}

resource "aws_appautoscaling_policy" "main" {
  for_each           = aws_appautoscaling_target.main
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = each.value.service_namespace
  resource_id        = each.value.resource_id
  scalable_dimension = each.value.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value       = 65
    scale_in_cooldown  = 300
    scale_out_cooldown = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
