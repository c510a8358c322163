"""The configuration of the gateway: Envoy's own, as JSON, which it reads as it is."""

from collections.abc import Sequence
from typing import Any, Final

from attrs import frozen

from marketplace_entrypoints.gateway.table import UPLOAD_PREFIX, Place, Places, Rule

HEADER_KIB_MAX: Final = 60
"""Less than the servers take (64 KiB), so that it is refused here."""
CONNECT_SECONDS: Final = 1
ANSWER_SECONDS: Final = 30
IDLE_SECONDS: Final = 300
CHECK_SECONDS: Final = 1
SAFE: Final = "GET|HEAD|OPTIONS"
"""What may be sent again although it may have been carried out."""
_TYPE: Final = "type.googleapis.com/envoy"
_TRACES: Final = "traces"
_PATTERNS: Final = {"error_level": 10_000, "warn_level": 10_000}
"""One pattern holds all paths of a role; it is ours, and not made by anybody outside."""
_SAYING: Final = {"event": "%j", "level": "%l", "timestamp": "%Y-%m-%dT%T.%f%z", "logger": "envoy.%n"}
"""A line about the proxy itself, in the form of all others."""


@frozen(kw_only=True)
class Certificate:
    """Files with a chain and its key, as PEM."""

    chain: str
    key: str


@frozen(kw_only=True)
class Gateway:
    """Where the gateway listens and how.

    ``trusted_hops`` is how many proxies of ours are in front of it, whose word about the client's address counts.
    ``collector`` takes spans by OTLP over gRPC, if there is one.
    """

    listen: Place
    admin: Place
    certificate: Certificate | None = None
    trusted_hops: int = 0
    collector: Place | None = None


def configuration(gateway: Gateway, rules: Sequence[Rule], places: Places) -> dict[str, Any]:
    """Return all of it."""
    return {
        "node": {"id": "gateway", "cluster": "gateway"},
        "admin": {"address": _address(gateway.admin)},
        "application_log_config": {"log_format": {"json_format": _SAYING}},
        "static_resources": {
            "listeners": [_listener(gateway, rules)],
            "clusters": [*(_cluster(role, at) for role, at in places.items()), _collector(gateway.collector)],
        },
        "layered_runtime": {"layers": [{"name": "limits", "static_layer": {"re2": {"max_program_size": _PATTERNS}}}]},
        "overload_manager": {
            "resource_monitors": [
                {
                    "name": "envoy.resource_monitors.global_downstream_max_connections",
                    "typed_config": {
                        "@type": f"{_TYPE}.extensions.resource_monitors.downstream_connections.v3"
                        ".DownstreamConnectionsConfig",
                        "max_active_downstream_connections": 20_000,
                    },
                }
            ]
        },
    }


def _listener(gateway: Gateway, rules: Sequence[Rule]) -> dict[str, Any]:
    chain: dict[str, Any] = {
        "filters": [{"name": "http", "typed_config": _manager(gateway, rules)}],
        "transport_socket_connect_timeout": "10s",
    }
    if gateway.certificate is not None:
        chain["transport_socket"] = _tls(gateway.certificate)
    return {
        "name": "gateway",
        "address": _address(gateway.listen),
        "filter_chains": [chain],
        "per_connection_buffer_limit_bytes": 1024 * 1024,
    }


def _manager(gateway: Gateway, rules: Sequence[Rule]) -> dict[str, Any]:
    return {
        "@type": f"{_TYPE}.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "gateway",
        "server_header_transformation": "PASS_THROUGH",
        # Who the client is, and what its request is called, is said here and nowhere before.
        "use_remote_address": True,
        "xff_num_trusted_hops": gateway.trusted_hops,
        "generate_request_id": True,
        "preserve_external_request_id": False,
        "always_set_request_id_in_response": True,
        # One path for routing and for whoever is behind.
        "normalize_path": True,
        "merge_slashes": False,
        "path_with_escaped_slashes_action": "REJECT_REQUEST",
        "common_http_protocol_options": {
            "idle_timeout": f"{IDLE_SECONDS}s",
            "headers_with_underscores_action": "REJECT_REQUEST",
        },
        "max_request_headers_kb": HEADER_KIB_MAX,
        "request_headers_timeout": "10s",
        "stream_idle_timeout": f"{IDLE_SECONDS}s",
        "drain_timeout": "5s",
        "tracing": {
            "random_sampling": {"value": 100 if gateway.collector else 0},
            "provider": {
                "name": "envoy.tracers.opentelemetry",
                "typed_config": {
                    "@type": f"{_TYPE}.config.trace.v3.OpenTelemetryConfig",
                    "service_name": "gateway",
                    "grpc_service": {"envoy_grpc": {"cluster_name": _TRACES}, "timeout": "1s"},
                },
            },
        },
        "access_log": _logs(),
        "local_reply_config": _own_answers(),
        "route_config": {
            "name": "services",
            "virtual_hosts": [{"name": "marketplace", "domains": ["*"], "routes": [*_routes(rules)]}],
            "request_headers_to_add": [
                {
                    "header": {"key": "x-forwarded-for", "value": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"},
                    "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
                }
            ],
        },
        "http_filters": [
            {
                "name": "body",
                "typed_config": {
                    "@type": f"{_TYPE}.extensions.filters.http.buffer.v3.Buffer",
                    "max_request_bytes": 1024 * 1024,
                },
            },
            {"name": "router", "typed_config": {"@type": f"{_TYPE}.extensions.filters.http.router.v3.Router"}},
        ],
    }


def _routes(rules: Sequence[Rule]) -> list[dict[str, Any]]:
    routes = []
    for rule in rules:
        match: dict[str, Any] = {"safe_regex": {"regex": rule.pattern}}
        safe = {"name": ":method", "string_match": {"safe_regex": {"regex": SAFE}}}
        again = {
            "retry_on": "connect-failure,refused-stream,reset",
            "num_retries": 2,
            "retry_back_off": {"base_interval": "0.1s", "max_interval": "0.5s"},
        }
        # A connection that was never made has carried nothing out, whatever was to be sent.
        unsent = {**again, "retry_on": "connect-failure,refused-stream"}
        routes.append(_route(rule, f"{rule.role} safe", {**match, "headers": [safe]}, again))
        routes.append(_route(rule, rule.role, match, unsent))
    return routes


def _route(rule: Rule, name: str, match: dict[str, Any], again: dict[str, Any]) -> dict[str, Any]:
    endless = rule.body_bytes_max is None or rule.streams
    action: dict[str, Any] = {
        "cluster": rule.role,
        "timeout": "0s" if endless else f"{ANSWER_SECONDS}s",
        "retry_policy": again,
    }
    body: dict[str, Any] = {"@type": f"{_TYPE}.extensions.filters.http.buffer.v3.BufferPerRoute"}
    if rule.body_bytes_max is None:
        body["disabled"] = True
    else:
        body["buffer"] = {"max_request_bytes": rule.body_bytes_max}
    return {"name": name, "match": match, "route": action, "typed_per_filter_config": {"body": body}}


def _cluster(role: str, places: Sequence[Place]) -> dict[str, Any]:
    return {
        "name": role,
        "type": "STRICT_DNS",
        "connect_timeout": f"{CONNECT_SECONDS}s",
        "dns_lookup_family": "V4_PREFERRED",
        "lb_policy": "LEAST_REQUEST",
        "common_lb_config": {"healthy_panic_threshold": {"value": 0}},
        "ignore_health_on_host_removal": True,
        "load_assignment": {
            "cluster_name": role,
            "endpoints": [{"lb_endpoints": [{"endpoint": {"address": _address(place)}} for place in places]}],
        },
        # Two in a row that fail take a server out, one that succeeds takes it in again. A server that leaves says so.
        "health_checks": [
            {
                "timeout": "3s",
                "interval": f"{CHECK_SECONDS}s",
                "no_traffic_interval": f"{CHECK_SECONDS}s",
                "unhealthy_threshold": 2,
                "healthy_threshold": 1,
                "http_health_check": {"path": "/health/ready"},
            }
        ],
    }


def _collector(place: Place | None) -> dict[str, Any]:
    """Where spans go; without anybody who takes them, nowhere: traces are begun here all the same."""
    endpoints = [] if place is None else [{"lb_endpoints": [{"endpoint": {"address": _address(place)}}]}]
    return {
        "name": _TRACES,
        "type": "STRICT_DNS",
        "connect_timeout": f"{CONNECT_SECONDS}s",
        "load_assignment": {"cluster_name": _TRACES, "endpoints": endpoints},
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": f"{_TYPE}.extensions.upstreams.http.v3.HttpProtocolOptions",
                "explicit_http_config": {"http2_protocol_options": {}},
            }
        },
    }


def _logs() -> list[dict[str, Any]]:
    """One line for each request; the address of an upload is a permission, and not written down."""
    is_upload = {"name": ":path", "string_match": {"prefix": UPLOAD_PREFIX}}
    return [_log("%PATH(NQ)%", {**is_upload, "invert_match": True}), _log(f"{UPLOAD_PREFIX}…", is_upload)]


def _log(path: str, when: dict[str, Any]) -> dict[str, Any]:
    line = {
        "event": "request",
        "level": "info",
        "timestamp": "%START_TIME(%Y-%m-%dT%H:%M:%S.%6fZ)%",
        "logger": "gateway",
        "method": "%REQ(:METHOD)%",
        "path": path,
        "status": "%RESPONSE_CODE%",
        "duration_ms": "%DURATION%",
        "role": "%UPSTREAM_CLUSTER%",
        "service": "%UPSTREAM_HOST%",
        "attempts": "%UPSTREAM_REQUEST_ATTEMPT_COUNT%",
        "flags": "%RESPONSE_FLAGS%",
        "client": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
        "request_id": "%REQ(X-REQUEST-ID)%",
        "trace_id": "%TRACE_ID%",
        "bytes_in": "%BYTES_RECEIVED%",
        "bytes_out": "%BYTES_SENT%",
    }
    return {
        "name": "lines",
        "filter": {"header_filter": {"header": when}},
        "typed_config": {
            "@type": f"{_TYPE}.extensions.access_loggers.stream.v3.StdoutAccessLog",
            "log_format": {"json_format": line, "omit_empty_values": True},
        },
    }


_OWN: Final = {
    400: ("http.unreadable_request", "The request cannot be understood."),
    408: ("http.too_slow", "The request did not arrive in time."),
    413: ("http.body_too_large", "The request body is larger than this address takes."),
    431: ("http.headers_too_large", f"The headers of a request hold at most {HEADER_KIB_MAX} KiB."),
    502: ("gateway.broken_answer", "A part of the marketplace ended in the middle of its answer. Ask again."),
    503: ("gateway.unavailable", "This part of the marketplace is away for a moment. Ask again with the same key."),
    504: ("gateway.too_late", "This part of the marketplace did not answer in time. Ask again with the same key."),
}
"""What the gateway says itself: status → code and sentence."""


def _own_answers() -> dict[str, Any]:
    mappers = []
    for status, (code, sentence) in _OWN.items():
        document = {
            "type": f"/problems/{code.replace('_', '-')}",
            "title": "%RESPONSE_CODE_DETAILS%",
            "status": status,
            "detail": sentence,
            "code": code,
            "request_id": "%REQ(X-REQUEST-ID)%",
        }
        is_it = {"value": {"default_value": status, "runtime_key": f"answers.{status}"}, "op": "EQ"}
        mapper: dict[str, Any] = {
            "filter": {"status_code_filter": {"comparison": is_it}},
            "body_format_override": {"json_format": document, "content_type": "application/problem+json"},
        }
        if status in {502, 503, 504}:
            mapper["headers_to_add"] = [{"header": {"key": "retry-after", "value": "1"}}]
        mappers.append(mapper)
    return {"mappers": mappers}


def _tls(certificate: Certificate) -> dict[str, Any]:
    files = {"certificate_chain": {"filename": certificate.chain}, "private_key": {"filename": certificate.key}}
    return {
        "name": "tls",
        "typed_config": {
            "@type": f"{_TYPE}.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
            "common_tls_context": {
                "tls_params": {"tls_minimum_protocol_version": "TLSv1_2"},
                "alpn_protocols": ["h2", "http/1.1"],
                "tls_certificates": [files],
            },
        },
    }


def _address(place: Place) -> dict[str, Any]:
    return {"socket_address": {"address": place.host, "port_value": place.port}}
