"""What the site does to every answer."""


def strict_content(get_response):
    """Let browsers load and run nothing but the site's own files."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", "default-src 'self'")
        return response

    return middleware
