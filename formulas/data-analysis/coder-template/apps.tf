locals {
  report_port = 2718
}

module "code-server" {
  count   = data.coder_workspace.me.start_count
  source  = "registry.coder.com/coder/code-server/coder"
  version = "1.5.2"

  agent_id   = coder_agent.main.id
  folder     = local.folder
  extensions = ["ms-python.python", "charliermarsh.ruff"]
  order      = 2
}

module "git-clone" {
  count   = data.coder_parameter.git_repo.value == "" ? 0 : data.coder_workspace.me.start_count
  source  = "registry.coder.com/coder/git-clone/coder"
  version = "2.0.3"

  agent_id = coder_agent.main.id
  url      = data.coder_parameter.git_repo.value
  base_dir = local.home

  # Runs on every start, after a first clone as well as when the code is there already.
  post_clone_script = templatefile("${path.module}/scripts/start-report.sh.tftpl", {
    folder     = local.folder
    data       = local.data
    uv_version = var.uv_version
    port       = local.report_port
  })
}

resource "coder_app" "report" {
  agent_id     = coder_agent.main.id
  slug         = "report"
  display_name = "Report"
  icon         = "/icon/python.svg"
  url          = "http://localhost:${local.report_port}"
  subdomain    = true
  share        = "owner"
  order        = 1

  healthcheck {
    url       = "http://localhost:${local.report_port}/health"
    interval  = 5
    threshold = 24
  }
}
