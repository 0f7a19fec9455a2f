# Shared by dev/up, dev/down and dev/status. Sourced, not run. Compatible with bash 3.2, which macOS has.
# shellcheck shell=bash

set -u

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
stack_home=${FRONTDESK_HOME:-$repository/.frontdesk}
needed_jdk=25

fail() {
    echo "frontdesk: $1" >&2
    exit 1
}

# The major version of the JDK in a folder; 0 if there is none.
jdk_major() {
    if [ ! -x "$1/bin/javac" ] || [ ! -r "$1/release" ]; then
        echo 0
        return
    fi
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | grep . || echo 0
}

# The folder of the java on the PATH, with links resolved.
jdk_on_path() {
    local java link
    java=$(command -v java) || return 0
    while [ -L "$java" ]; do
        link=$(readlink "$java")
        case $link in
            /*) java=$link ;;
            *) java=$(dirname "$java")/$link ;;
        esac
    done
    dirname "$(dirname "$java")"
}

# Prints the first JDK that is new enough: from the environment, then the PATH, then the usual folders.
find_jdk() {
    local candidate
    for candidate in \
        "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "$(jdk_on_path)" \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
        /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if [ -n "$candidate" ] && [ "$(jdk_major "$candidate")" -ge "$needed_jdk" ]; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

require_jdk() {
    jdk=$(find_jdk) ||
        fail "a JDK $needed_jdk or newer is needed: install one (for example Temurin $needed_jdk), or point JAVA_HOME at it"
}

libraries=$repository/dev/local-stack/target/libraries.classpath

launcher_built() {
    [ -r "$libraries" ] && ls "$repository"/dev/local-stack/target/local-stack-*.jar >/dev/null 2>&1
}

# Readable by its owner only: it holds passwords and mails.
make_stack_home() {
    { mkdir -p "$stack_home/apps" "$stack_home/logs" && chmod 700 "$stack_home"; } || fail "cannot create $stack_home"
}

# Sets the array "launcher" to the command that runs the launcher. Its jar is copied, so that a build does not replace
# the classes of a running stack.
prepare_launcher() {
    local built copy
    built=$(find "$repository/dev/local-stack/target/" -maxdepth 1 -name 'local-stack-*.jar' ! -name '*-sources.jar' | head -n 1)
    copy=$stack_home/apps/local-stack.jar
    make_stack_home
    if ! cmp -s "$built" "$copy"; then
        { cp "$built" "$copy.$$" && mv -f "$copy.$$" "$copy"; } || fail "cannot write $copy"
    fi
    # shellcheck disable=SC2034 # used by the scripts that source this file
    launcher=("$jdk/bin/java" -Xmx96m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1
        -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8
        -cp "$copy:$(cat "$libraries")" dev.frontdesk.localstack.launcher.Main)
}
