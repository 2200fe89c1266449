# Lệnh của dự án. `make help` liệt kê. / The project's commands; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help python setup dev run test lint format bench lock

# The first Python that is new enough; PYTHON=… names another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

help: ## Danh sách lệnh
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

python:
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên: hãy chạy  sudo apt-get install -y python3  rồi gọi lại." >&2; exit 1; }

setup: python ## Cài đặt: môi trường ảo, gói đã ghim, gói hệ thống còn thiếu
	@$(PYTHON) -m tools.setup base

dev: python
	@$(PYTHON) -m tools.setup dev

run: python ## Chạy chương trình (PORT=8000, DEMO=0 để bắt đầu trống); Ctrl-C để dừng
	@$(PYTHON) -m tools.run

test: python ## Kiểm thử tất cả (ARGS="tests/paper -k x" để chọn)
	@$(PYTHON) -m tools.test

lint: dev ## Soát mã: ruff, mypy, ranh giới phòng, mẫu trang, migrations, cấu hình triển khai
	@$(PYTHON) -m tools.lint

format: dev ## Định dạng lại mã và mẫu trang
	@$(PYTHON) -m tools.lint --fix

bench: dev ## Đo: in, đọc, lưu một điều (tỷ lệ trong cùng một lần chạy)
	@$(or $(VENV),.venv)/bin/python -m tools.bench

lock: ## Ghim lại phiên bản gói (cần uv)
	@cd requirements && for n in base dev; do uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --annotation-style line \
		-o $$n.txt $$n.in; done
