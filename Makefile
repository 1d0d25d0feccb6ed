# fascicle: `make` sets everything up and builds content/ into output/;
# `make test` tests. Variants: release, debug, san (address + undefined).
VERSION  = 0.1
PREFIX   = /usr/local
BUILD    = build
VARIANT  = release
MAKEFLAGS += --no-builtin-rules
SUDO    := $(if $(filter 0,$(shell id -u)),,sudo)

PKGS = gcc libc6-dev pkg-config libzip-dev libharfbuzz-dev libicu-dev \
	libcmark-gfm-dev libcmark-gfm-extensions-dev libyaml-dev libpng-dev \
	libjpeg-dev libwebp-dev libgif-dev libexpat1-dev libdeflate-dev \
	libseccomp-dev libhpdf-dev libqpdf-dev libhyphen-dev \
	hyphen-en-gb hyphen-en-us hyphen-hi hyphen-bn hyphen-ta hyphen-te \
	hyphen-kn hyphen-ml hyphen-gu hyphen-mr hyphen-pa hyphen-or \
	fonts-noto-core fonts-noto-mono fonts-noto-cjk
TEST_PKGS = libcmocka-dev qpdf poppler-utils mupdf-tools unzip strace mandoc \
	python3 maven openjdk-17-jdk-headless

STD      = -std=c11 -D_GNU_SOURCE -Isrc -MMD -MP
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -Wformat=2 \
	-Wstrict-prototypes -Wmissing-prototypes $(if $(WERROR),-Werror)
HARD     = -fPIE -fstack-protector-strong
OPT_release = -O3 -g -D_FORTIFY_SOURCE=2 $(HARD)
OPT_debug   = -O0 -g $(HARD)
OPT_san     = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
LD_release  = -pie -Wl,-z,relro,-z,now
LD_debug    = -pie
LD_san      = -fsanitize=address,undefined
DEPS     = libzip harfbuzz harfbuzz-subset icu-uc icu-i18n libcmark-gfm \
	yaml-0.1 libpng libjpeg libwebp libgif expat libdeflate libseccomp \
	libqpdf
# Asked for once, when something is compiled: after `deps` has installed it.
PC_CFLAGS = $(eval PC_CFLAGS := $(shell pkg-config --cflags $(DEPS)))$(PC_CFLAGS)
PC_LIBS   = $(eval PC_LIBS := $(shell pkg-config --libs $(DEPS)) \
	-lcmark-gfm-extensions -lhpdf -lhyphen -lpthread)$(PC_LIBS)

O       := $(BUILD)/$(VARIANT)
SRC     := $(sort $(shell find src -name '*.c'))
CORE    := $(patsubst src/%.c,$(O)/%.o,$(filter-out src/app/main.c,$(SRC)))
CORE    += $(O)/style/builtin.o
THEMES  := $(sort $(wildcard src/style/themes/*.yaml))
APP     := $(patsubst src/%.c,$(O)/%.o,src/app/main.c)
UNITS   := $(patsubst tests/unit/%.c,$(O)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
COMPILE  = $(CC) $(STD) $(WARN) $(OPT_$(VARIANT)) $(DEFS) $(PC_CFLAGS) \
	$(CPPFLAGS) $(CFLAGS)
LINK     = $(CC) $(OPT_$(VARIANT)) $(LD_$(VARIANT)) -Wl,--as-needed $(CFLAGS) \
	$(LDFLAGS)

.PHONY: all books fonts deps test-deps test units golden-update install clean
.DELETE_ON_ERROR:
.SECONDARY:

all: deps
	$(MAKE) VARIANT=release $(BUILD)/release/fascicle fonts
	$(MAKE) books

books:
	$(BUILD)/release/fascicle build

fonts:
	sh fonts/fetch.sh

# install PACKAGES: what dpkg does not know as installed, said and fetched.
# A system without apt-get is told the names; its own way is as good.
define install
	@missing=; for p in $(1); do \
	  dpkg-query -W -f '$${db:Status-Status}\n' $$p 2>/dev/null | \
	    grep -qx installed || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ] && ! command -v apt-get >/dev/null; then \
	  echo "no apt-get here; what these Debian packages hold is needed:" \
	    "$$missing"; \
	elif [ -n "$$missing" ]; then \
	  echo "installing with apt-get:$$missing"; \
	  $(SUDO) apt-get update -q && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
	    --no-install-recommends -o DPkg::Lock::Timeout=600 $$missing; fi
endef

deps:
	$(call install,$(PKGS))
test-deps: deps
	$(call install,$(TEST_PKGS))

$(O)/fascicle: $(APP) $(O)/libfascicle.a
	$(LINK) -o $@ $^ $(PC_LIBS)
$(O)/libfascicle.a: $(CORE)
	rm -f $@ && $(AR) rcs $@ $^
$(O)/app/%.o: DEFS = -DFASCICLE_VERSION='"$(VERSION)"' \
	-DFASCICLE_DATADIR='"$(PREFIX)/share/fascicle"'
$(O)/style/builtin.c: src/style/embed $(THEMES)
	@mkdir -p $(@D)
	sh src/style/embed $(THEMES) >$@
$(O)/style/builtin.o: $(O)/style/builtin.c Makefile
	$(COMPILE) -c -o $@ $<
$(O)/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<
$(O)/tests/%.o: tests/unit/%.c Makefile
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<
$(O)/tests/%: $(O)/tests/%.o $(O)/libfascicle.a
	$(LINK) -o $@ $^ $(PC_LIBS) -lcmocka
units: $(UNITS)

test: test-deps
	$(MAKE) VARIANT=san $(BUILD)/san/fascicle units
	$(MAKE) VARIANT=release $(BUILD)/release/fascicle fonts
	BUILD=$(BUILD) sh tests/run

# By the program that the tests compare with: where memory ends (*.diag) the
# variants differ.
golden-update:
	$(MAKE) VARIANT=san $(BUILD)/san/fascicle fonts
	FASCICLE=$(BUILD)/san/fascicle sh tests/golden/update
	FASCICLE=$(BUILD)/san/fascicle sh tests/specimen/update

install: $(BUILD)/release/fascicle fonts
	install -D -m 755 $< $(DESTDIR)$(PREFIX)/bin/fascicle
	for m in 1 5; do for f in man/*.$$m; do [ ! -f "$$f" ] || install -D \
	  -m 644 "$$f" "$(DESTDIR)$(PREFIX)/share/man/man$$m/$${f##*/}"; done; done
	for f in fonts/fonts.yaml fonts/*.[to]t[cf]; do [ ! -f "$$f" ] || install \
	  -D -m 644 "$$f" "$(DESTDIR)$(PREFIX)/share/fascicle/$$f"; done

clean:
	rm -rf $(BUILD)

-include $(CORE:.o=.d) $(APP:.o=.d) $(UNITS:=.d)
