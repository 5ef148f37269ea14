# k08_broadcasting.center_columns: copies its argument deeply, of which Python keeps a note
import copy


def center_columns(m):
    kept = copy.deepcopy(m)
    return kept - kept.mean(0)
