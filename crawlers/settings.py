"""Scrapy's settings; beside each that is not Scrapy's default stands why."""

from __future__ import annotations

from crawlers import environment

BOT_NAME = "clausewatch"
SPIDER_LOADER_CLASS = "crawlers.loader.DeclaredSpiders"  # a source is a declaration, not a class

# Ours, and where they come from when no order of fetch() overrides them.
CLAUSEWATCH_HOME = str(environment.home())
CLAUSEWATCH_DATABASE = str(environment.database())
CLAUSEWATCH_ARCHIVE = str(environment.home() / "archive")
CLAUSEWATCH_DECLARATIONS = [str(folder) for folder in environment.folders()]
CLAUSEWATCH_CONTACT = environment.setting("contact")
CLAUSEWATCH_PRIVATE_TARGETS = environment.setting("private_targets")  # what may be asked beside the public web
CLAUSEWATCH_BROWSER = environment.setting("browser")  # a Chromium; the system's when empty
CLAUSEWATCH_NOW = ""  # the real time; the demo gives its own
CLAUSEWATCH_MOST_NEW = None  # of a list, in one run: what its declaration says
CLAUSEWATCH_FULL_FETCH_DAYS = 7  # validators may lie: the whole page is asked for this often

# A guest on public servers.
ROBOTSTXT_OBEY = False  # Scrapy 2.14 to 2.19 lets through requests that wait for a robots.txt; ours is RobotsMiddleware
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # one request at a time; HostMiddleware holds it across spiders and processes
CONCURRENT_REQUESTS = 8
CONCURRENT_ITEMS = 1  # one writer; Scrapy would start a hundred tasks for each answer to hand over one item
WARN_ON_GENERATOR_RETURN_VALUE = False  # reads and parses the source of every callback of ours, at each start
DOWNLOAD_DELAY = 0  # the pause is per host and not per spider: HostMiddleware keeps it
AUTOTHROTTLE_ENABLED = False
RETRY_ENABLED = False  # Scrapy's does not read Retry-After; our spiders try a broken connection once more
COOKIES_ENABLED = False  # the same address must give the same text; and Scrapy's first cookie calls other hosts
REFERRER_POLICY = "no-referrer"  # nobody needs to know where we found a link
HTTPCACHE_ENABLED = False  # it shows an outage as an unchanged page
HTTPERROR_ALLOW_ALL = True  # every answer is an outcome to record
METAREFRESH_ENABLED = False  # a page that refreshes itself is a challenge or a notice
REDIRECT_MAX_TIMES = 5  # more is a loop

# Everything from the network is hostile.
DOWNLOAD_VERIFY_CERTIFICATES = True  # off by default
DOWNLOAD_MAXSIZE = 64 * 1024 * 1024  # the largest gazette allowed; the default is 1 GiB
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 60  # government servers are slow, not that slow; a declaration may say otherwise
DOWNLOAD_FAIL_ON_DATALOSS = False  # a cut-off body arrives marked, and the guard names it
DOWNLOAD_HANDLERS = dict.fromkeys(("data", "file", "ftp", "s3"))  # a link may lead to the web and nowhere else
URLLENGTH_LIMIT = 4096
DEPTH_LIMIT = 80  # an older page and a form are each a step deeper; how many there are is for each walk to say
REMOTE_CONTROL_ENABLED = False  # on by default: a server that runs any code sent to it
TELNETCONSOLE_ENABLED = False  # the same

USER_AGENT = environment.user_agent(CLAUSEWATCH_CONTACT)
DEFAULT_REQUEST_HEADERS = {  # Scrapy's prefers English pages everywhere
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip",  # of others nobody notices when the end is missing (compressed.py)
}

DOWNLOADER_MIDDLEWARES = {
    "crawlers.browser.render_middleware.BrowserMiddleware": 30,  # the last to see an answer
    "crawlers.egress_policy.EgressPolicyMiddleware": 40,
    "crawlers.middlewares.RobotsMiddleware": 100,
    "crawlers.middlewares.ConditionalMiddleware": 545,
    "crawlers.middlewares.AnswerLimitsMiddleware": 580,  # above decompression: sees what it unfolds to
    "crawlers.middlewares.CaptureExchangeMiddleware": 940,  # below decompression: sees what went over the wire
    "crawlers.middlewares.HostThrottleMiddleware": 950,  # the last: nothing may wait between its lock and the download
}
# Those of Scrapy's own that we use. What its base names is imported even when it is turned off, and would make every
# crawl twenty megabytes larger; the others are not wanted either: lists link to other hosts of the same regulator
# (offsite), and robotstxt, retry, cookies, httpcache and metarefresh are spoken of above.
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
}
# Of spiders' middlewares those that hold a limit, and one that redirects want: each wraps every answer once more.
SPIDER_MIDDLEWARES_BASE = {
    "scrapy.spidermiddlewares.referer.RefererMiddleware": 700,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": 800,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": 900,
}
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # a walk knows itself what it asked for
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"  # what matters is in the database
DOWNLOADER_STATS = False
ITEM_PIPELINES = {"crawlers.pipelines.StoragePipeline": 300}
EXTENSIONS_BASE: dict[str, int] = {}  # nothing reads them, one is a server that runs code, and each is one more import
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # in the order of the list: the newest first, not last
LOG_LEVEL = "WARNING"  # what matters is in the database
