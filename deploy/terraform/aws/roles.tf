data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

# What starts tasks: fetches the image, writes logs, reads the secrets that a task is given.
resource "aws_iam_role" "starter" {
  name_prefix        = "${var.name}-starter-"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
  tags               = local.tags
}

resource "aws_iam_role_policy_attachment" "starter" {
  role       = aws_iam_role.starter.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [for secret in local.secrets : secret.valueFrom]
  }
}

resource "aws_iam_role_policy" "secrets" {
  name   = "secrets"
  role   = aws_iam_role.starter.id
  policy = data.aws_iam_policy_document.secrets.json
}

# What the product is: it stands in the place of keys of the bucket.
resource "aws_iam_role" "product" {
  name_prefix        = "${var.name}-product-"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
  tags               = local.tags
}

data "aws_iam_policy_document" "documents" {
  statement {
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.documents.arn]
  }
  statement {
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = ["${aws_s3_bucket.documents.arn}/live/*"]
  }
}

resource "aws_iam_role_policy" "documents" {
  name   = "documents"
  role   = aws_iam_role.product.id
  policy = data.aws_iam_policy_document.documents.json
}
