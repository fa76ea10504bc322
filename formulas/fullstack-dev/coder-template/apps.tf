module "code-server" {
  count   = data.coder_workspace.me.start_count
  source  = "registry.coder.com/coder/code-server/coder"
  version = "1.5.2"

  agent_id = coder_agent.main.id
  folder   = local.folder
  order    = 1
}

module "git-clone" {
  count   = data.coder_parameter.git_repo.value == "" ? 0 : data.coder_workspace.me.start_count
  source  = "registry.coder.com/coder/git-clone/coder"
  version = "2.0.3"

  agent_id = coder_agent.main.id
  url      = data.coder_parameter.git_repo.value
  base_dir = local.home

  # Runs on every start, after a first clone as well as when the code is there already.
  post_clone_script = templatefile("${path.module}/scripts/start-application.sh.tftpl", {
    folder = local.folder
  })
}

resource "coder_app" "preview" {
  agent_id     = coder_agent.main.id
  slug         = "preview"
  display_name = "Preview"
  icon         = "/icon/widgets.svg"
  url          = "http://localhost:5173"
  subdomain    = true
  share        = "owner"
  order        = 2

  healthcheck {
    url       = "http://localhost:5173"
    interval  = 5
    threshold = 24
  }
}
